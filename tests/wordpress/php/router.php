<?php
/**
 * What a web server's settings do elsewhere, for PHP's own server: a file is served as it is, a
 * folder by its index, and anything else is WordPress's. Each request is noted first.
 */

$root = $_SERVER['DOCUMENT_ROOT'];
$path = rawurldecode((string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));

file_put_contents(
	getenv('PUBTOOL_WP_RUN') . '/requests.log',
	$_SERVER['REQUEST_METHOD'] . ' ' . $_SERVER['REQUEST_URI'] . "\n",
	FILE_APPEND | LOCK_EX
);

if (str_contains($path, '..') || str_contains($path, '/.ht')) {
	http_response_code(403);
	return true;
}
if ($path !== '/' && is_dir($root . $path) && is_file($root . rtrim($path, '/') . '/index.php')) {
	if (!str_ends_with($path, '/')) {
		header('Location: ' . $path . '/', true, 301);
		return true;
	}
	$script = $path . 'index.php';
} elseif ($path !== '/' && is_file($root . $path)) {
	return false;
} else {
	$script = '/index.php';
}

$_SERVER['SCRIPT_NAME'] = $script;
$_SERVER['PHP_SELF'] = $script;
$_SERVER['SCRIPT_FILENAME'] = $root . $script;
chdir(dirname($root . $script));
require $root . $script;
