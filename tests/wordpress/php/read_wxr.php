<?php
/**
 * php read_wxr.php FILE.xml: print as JSON what WordPress's importer takes from an export file.
 *
 * It reads by SimpleXML, so what that cannot read is no export file; a category without a nicename
 * and a file with a document type are what it passes over and what it refuses.
 */

libxml_use_internal_errors(true);
$document = new DOMDocument();
if (!$document->loadXML(file_get_contents($argv[1])) || $document->doctype) {
	foreach (libxml_get_errors() as $error) {
		fwrite(STDERR, trim($error->message) . ' in line ' . $error->line . "\n");
	}
	exit(1);
}
$xml = simplexml_import_dom($document);
$names = $xml->getDocNamespaces();
foreach (array('wp', 'excerpt', 'content', 'dc') as $prefix) {
	if (!isset($names[$prefix])) {
		fwrite(STDERR, "no name space $prefix\n");
		exit(1);
	}
}
if (!preg_match('/^\d+\.\d+$/', trim((string) $xml->channel->children($names['wp'])->wxr_version))) {
	fwrite(STDERR, "no version\n");
	exit(1);
}

/** Some fields of an element as text, by name. */
function fields(SimpleXMLElement $from, string ...$wanted): array
{
	$found = array();
	foreach ($wanted as $name) {
		$found[$name] = (string) $from->$name;
	}
	return $found;
}

$channel = $xml->channel->children($names['wp']);
$told = fields($channel, 'base_site_url', 'base_blog_url', 'wxr_version');
$told['authors'] = $told['categories'] = $told['tags'] = $told['posts'] = array();
foreach ($channel->author as $author) {
	$told['authors'][] = fields($author, 'author_login', 'author_email', 'author_display_name');
}
foreach ($channel->category as $category) {
	$told['categories'][] = fields($category, 'category_nicename', 'category_parent', 'cat_name');
}
foreach ($channel->tag as $tag) {
	$told['tags'][] = fields($tag, 'tag_slug', 'tag_name');
}
foreach ($xml->channel->item as $item) {
	$wp = $item->children($names['wp']);
	$post = fields($item, 'title', 'guid') + fields(
		$wp, 'post_id', 'post_date', 'post_date_gmt', 'comment_status', 'ping_status', 'post_name',
		'status', 'post_parent', 'menu_order', 'post_type', 'post_password', 'is_sticky',
		'attachment_url'
	);
	$post['creator'] = (string) $item->children($names['dc'])->creator;
	$post['content'] = (string) $item->children($names['content'])->encoded;
	$post['excerpt'] = (string) $item->children($names['excerpt'])->encoded;
	$post['terms'] = $post['meta'] = array();
	foreach ($item->category as $category) {
		if (isset($category['nicename'])) {
			$post['terms'][] = array(
				'domain' => (string) $category['domain'],
				'slug' => (string) $category['nicename'],
				'name' => (string) $category,
			);
		}
	}
	foreach ($wp->postmeta as $meta) {
		$post['meta'][(string) $meta->meta_key] = (string) $meta->meta_value;
	}
	$post['meta'] = (object) $post['meta'];
	$told['posts'][] = $post;
}
echo json_encode($told, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n";
