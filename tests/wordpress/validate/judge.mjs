/**
 * node judge.mjs HTDOCS < markups.json: judge block markup as a WordPress's editor does.
 *
 * Reads a JSON array of texts, prints an array of judgements in the same order:
 *
 *   valid    the editor opens it without "unexpected or invalid content"
 *   current  valid without the help of the blocks' deprecations, which forgive old forms (the
 *            paragraph's oldest forgives everything), and the block comments are in pairs
 *   stable   parsed and serialised it is the same text: saving it unchanged changes nothing
 *   issues   what speaks against `current`, one text each
 *   saved    the text as the editor would save it
 */
import { readFileSync } from 'node:fs';
import { load } from './editor.mjs';

const wp = load(process.argv[2]);
const { getBlockType, getBlockTypes, getSaveContent, parse, serialize } = wp.blocks;

const flat = (blocks) => blocks.flatMap((block) => [block, ...flat(block.innerBlocks ?? [])]);

/** The validator's messages, whose first argument says where the others go. */
const message = ({ args: [format, ...values] }) =>
	String(format).replace(/%[so]/g, () => {
		const value = values.shift();
		return typeof value === 'string' ? value : JSON.stringify(value?.name ?? value);
	});

/** What is wrong with one block, as the blocks are registered now; an empty array if nothing is. */
const faults = (block) => {
	if (block.name === 'core/missing') {
		return [`there is no block ${block.attributes.originalName}`];
	}
	if (block.name === 'core/freeform') {
		return [`outside any block: ${block.originalContent ?? block.attributes.content}`];
	}
	if (block.isValid) {
		return [];
	}
	const wanted = getSaveContent(getBlockType(block.name), block.attributes, block.innerBlocks);
	const found = (block.validationIssues ?? []).map((issue) => message(issue).split("\n")[0]);
	return [`${block.name}: ${found.join(' ')}\ngiven:  ${block.originalContent}\nwanted: ${wanted}`];
};

const faultsIn = (text) => flat(parse(text)).flatMap(faults);

/** Run something while no block knows its older forms. */
const withoutDeprecations = (then) => {
	const kept = getBlockTypes().map((type) => [type, type.deprecated]);
	kept.forEach(([type]) => delete type.deprecated);
	try {
		return then();
	} finally {
		kept.forEach(([type, deprecated]) => (type.deprecated = deprecated));
	}
};

/** Block comments that open or close without a partner; the parser itself passes over them. */
const unpaired = (text) => {
	const open = [];
	const found = [];
	const comment = /<!--\s+(\/?)wp:([a-z][a-z0-9_-]*(?:\/[a-z][a-z0-9_-]*)?)\s[\s\S]*?-->/g;
	for (const [whole, closes, name] of text.matchAll(comment)) {
		if (closes) {
			const last = open.pop();
			if (last !== name) {
				found.push(`${whole} closes ${last ?? 'nothing'}`);
			}
		} else if (!whole.endsWith('/-->')) {
			open.push(name);
		}
	}
	return [...found, ...open.map((name) => `wp:${name} is not closed`)];
};

const judge = (text) => {
	const invalid = faultsIn(text);
	const outdated = withoutDeprecations(() => faultsIn(text));
	const issues = [...outdated, ...unpaired(text)];
	const saved = serialize(parse(text));
	return {
		valid: !invalid.length,
		current: !invalid.length && !issues.length,
		stable: saved === text.trim(),
		issues: [...new Set([...invalid, ...issues])],
		saved,
	};
};

const texts = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(texts.map(judge)), () => process.exit(0)); // the window has timers
