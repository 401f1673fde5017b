const { dest, src } = require('gulp');

/** Copies what the compiler leaves behind, at the same relative path: icons, and the codex file and output schemas beside each node. */
function copyFiles() {
	const patterns = ['icons/**/*.svg', 'nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
	return src(patterns, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports['build:files'] = copyFiles;
