const { dest, src } = require('gulp');

/** Copies what the compiler leaves behind, at the same relative path: icons and the codex file beside each node. */
function copyIconsAndCodex() {
	const patterns = ['icons/**/*.svg', 'nodes/**/*.svg', 'nodes/**/*.node.json'];
	return src(patterns, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports['build:icons'] = copyIconsAndCodex;
