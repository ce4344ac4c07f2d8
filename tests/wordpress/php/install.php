<?php
/**
 * php install.php HTDOCS: install an empty site and print its accounts as JSON.
 *
 * Three accounts, for what a role may do: an administrator, an author (publishes, uploads, but
 * writes no unfiltered HTML) and a contributor (writes, but publishes nothing).
 */

define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE);
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');

$login = 'only on loopback';
$made = wp_install('Test site', 'admin', 'admin@example.test', true, '', $login);
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
update_option('timezone_string', 'UTC');
update_option('blog_public', '0');
$GLOBALS['wp_rewrite']->init();
flush_rewrite_rules(false);

// the sample posts, pages and comments that a new site has
foreach (get_posts(array('post_type' => 'any', 'post_status' => 'any', 'numberposts' => -1)) as $post) {
	wp_delete_post($post->ID, true);
}

function application_password(int $user): string
{
	list($password) = WP_Application_Passwords::create_new_application_password($user, array('name' => 'tests'));
	return WP_Application_Passwords::chunk_password($password);
}

$accounts = array('admin' => application_password($made['user_id']));
foreach (array('author', 'contributor') as $role) {
	$accounts[$role] = application_password(wp_insert_user(array(
		'user_login' => $role,
		'user_pass' => wp_generate_password(),
		'user_email' => $role . '@example.test',
		'role' => $role,
	)));
}
echo json_encode(array('login' => $login, 'php' => PHP_VERSION, 'accounts' => $accounts)), "\n";
