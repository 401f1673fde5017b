const { Transform } = require('node:stream');

const { dest, src } = require('gulp');

const { repository } = require('./package.json');

/** Address of the repository's files for a browser. */
const files = `${repository.url.replace(/^git\+/, '').replace(/\.git$/, '')}/blob/main`;

/** Makes the Docs link of a codex file, which names a page of the repository, a link to that page on the web. */
function addressDocumentation() {
	return new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			if (file.path.endsWith('.node.json')) {
				const codex = JSON.parse(file.contents.toString('utf8'));
				for (const page of codex.resources.primaryDocumentation) page.url = `${files}/${page.url}`;
				file.contents = Buffer.from(`${JSON.stringify(codex, null, '\t')}\n`);
			}
			done(null, file);
		},
	});
}

/** Copies what the compiler leaves behind, at the same relative path: icons, and the codex file and output schemas beside each node. */
function copyFiles() {
	const patterns = ['icons/**/*.svg', 'nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
	return src(patterns, { base: '.', encoding: false }).pipe(addressDocumentation()).pipe(dest('dist'));
}

exports['build:files'] = copyFiles;
