<?php
/** php categories.php HTDOCS NUMBER: make categories "C 000" and so on; print their ids as JSON. */

require $argv[1] . '/wp-load.php';
$ids = array();
for ($n = 0; $n < (int) $argv[2]; $n++) {
	$ids[] = wp_insert_term(sprintf('C %03d', $n), 'category')['term_id'];
}
echo json_encode($ids), "\n";
