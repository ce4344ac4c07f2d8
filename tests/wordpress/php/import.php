<?php
/**
 * php import.php HTDOCS FILE.xml PLUGIN: what Tools > Import > WordPress does, attachments left out.
 *
 * PLUGIN is the folder of the importer, which is run from where it is.
 */

define('WP_LOAD_IMPORTERS', true);
define('WP_ADMIN', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-importer.php';
require_once $argv[3] . '/wordpress-importer.php';
if (!class_exists('WP_Import')) {
	do_action('admin_init');
}
wp_set_current_user(get_user_by('login', 'admin')->ID);
$importer = new WP_Import();
$importer->fetch_attachments = false;
$importer->import($argv[2]);
