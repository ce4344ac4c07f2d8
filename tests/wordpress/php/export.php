<?php
/** php export.php HTDOCS: print what Tools > Export gives, all content of the site. */

$_SERVER['HTTP_HOST'] = '127.0.0.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/export.php';
wp_set_current_user(get_user_by('login', 'admin')->ID);
export_wp();
