<?php
/**
 * The settings of every test site, copied to wp-config.php; a run's own come from its environment.
 *
 * All runs share one folder of WordPress's files. What a site writes, its database and its uploads,
 * is in folders named after the run.
 */

$run = getenv('PUBTOOL_WP_RUN');
$url = getenv('PUBTOOL_WP_URL');
if ($run === false || $url === false) {
	exit("This WordPress is a test's; start it by way of the tests.\n");
}

define('DB_ENGINE', 'sqlite');
define('DB_DIR', $run . '/database');
define('DB_FILE', '.ht.sqlite');
define('DB_NAME', 'tests');
define('DB_USER', '');
define('DB_PASSWORD', '');
define('DB_HOST', '');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';

foreach (array('AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE') as $kind) {
	define($kind . '_KEY', 'loopback only ' . $kind);
	define($kind . '_SALT', 'loopback only, with salt ' . $kind);
}

define('WP_HOME', $url);
define('WP_SITEURL', $url);
define('UPLOADS', 'wp-content/uploads/' . basename($run));

// Any other kind of site refuses application passwords without TLS.
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);
define('WP_DEBUG_LOG', $run . '/debug.log');

// A test site speaks to nobody, and changes only when a test asks it to.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISALLOW_FILE_MODS', true);

if (!defined('ABSPATH')) {
	define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
