/**
 * The block editor of a WordPress, without a screen: its own scripts, run in a jsdom window.
 *
 * Only what the blocks' parser, validator and serialiser need is loaded: the block library and what
 * WordPress's own table of scripts says that it depends on.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { JSDOM, VirtualConsole } from 'jsdom';

/** What the editor asks of a browser at loading time, and jsdom lacks; none of it is ever used. */
const absent = () => {
	class Observer {
		observe() {}
		unobserve() {}
		disconnect() {}
	}
	const query = (media) => ({
		media,
		matches: false,
		addEventListener() {},
		removeEventListener() {},
		addListener() {},
		removeListener() {},
	});
	return {
		CSS: { escape: String, supports: () => false },
		IntersectionObserver: Observer,
		ResizeObserver: Observer,
		TextDecoder,
		TextEncoder,
		Worker: Observer,
		fetch: async () => {
			throw new Error('there is no network here');
		},
		matchMedia: query,
		requestIdleCallback: (then) => setTimeout(then, 0),
		cancelIdleCallback: clearTimeout,
		scrollTo() {},
		structuredClone,
		userSettings: {},
	};
};

/**
 * Spell attributes as browsers do since 2025, with `<` and `>` escaped; jsdom is of before that.
 * The editor keeps text as the browser spells it, so it decides whether saving changes a byte.
 */
const spellAsBrowsersDo = (prototype, property) => {
	const given = Object.getOwnPropertyDescriptor(prototype, property);
	const get = function () {
		const copy = this.cloneNode(true);
		for (const element of [copy, ...copy.querySelectorAll('*')]) {
			for (const attribute of element.attributes) {
				attribute.value = attribute.value.replaceAll('<', '\uE0F0').replaceAll('>', '\uE0F1');
			}
		}
		return given.get.call(copy).replaceAll('\uE0F0', '&lt;').replaceAll('\uE0F1', '&gt;');
	};
	Object.defineProperty(prototype, property, { ...given, get });
};

const first = (paths) => paths.find(existsSync);

/** Each of WordPress's packaged scripts and what it depends on, by handle. */
const dependencies = (includes) => {
	const table = readFileSync(join(includes, 'assets/script-loader-packages.php'), 'utf8');
	const entry = /'([\w-]+?)(?:\.min)?\.js' => array\(\s*'dependencies' => array\(([^)]*)\)/g;
	const found = new Map([
		['react', []],
		['react-dom', ['react']],
		['react-jsx-runtime', ['react']],
		['moment', []],
	]);
	for (const [, name, list] of table.matchAll(entry)) {
		found.set(`wp-${name}`, [...list.matchAll(/'([\w-]+)'/g)].map(([, handle]) => handle));
	}
	return found;
};

/** The handles that a script needs, itself last, each after what it depends on. */
const inOrder = (table, handle, ordered = []) => {
	if (!ordered.includes(handle) && table.has(handle)) {
		for (const needed of table.get(handle)) {
			inOrder(table, needed, ordered);
		}
		ordered.push(handle);
	}
	return ordered;
};

/** Return `wp` as the editor's page has it, with the core blocks registered. */
export const load = (htdocs) => {
	const includes = join(htdocs, 'wp-includes');
	const dom = new JSDOM('<!doctype html>', {
		pretendToBeVisual: true,
		runScripts: 'outside-only',
		url: 'http://127.0.0.1/wp-admin/post.php',
		virtualConsole: new VirtualConsole(), // what the scripts say to a console is not for us
	});
	Object.assign(dom.window, absent());
	dom.window.URL.createObjectURL = () => 'blob:';
	dom.window.URL.revokeObjectURL = () => {};
	spellAsBrowsersDo(dom.window.Element.prototype, 'innerHTML');
	spellAsBrowsersDo(dom.window.Element.prototype, 'outerHTML');
	const context = dom.getInternalVMContext();
	for (const handle of inOrder(dependencies(includes), 'wp-block-library')) {
		const name = handle.startsWith('wp-') ? handle.slice(3) : `vendor/${handle}`;
		const file = first([`${name}.min.js`, `${name}.js`].map((one) => join(includes, 'js/dist', one)));
		if (!file) {
			throw new Error(`no script for ${handle}`);
		}
		// not window.eval: what a strict script declares at its top has to become global
		new Script(readFileSync(file, 'utf8'), { filename: file }).runInContext(context);
	}
	const { wp } = dom.window;
	wp.oldEditor = {}; // as in wp-admin, where the Classic block can be used
	wp.blockLibrary.registerCoreBlocks();
	return wp;
};
