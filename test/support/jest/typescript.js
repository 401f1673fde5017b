/** A transform of Jest: swc only removes the types; checking them is the work of `npm run typecheck`. */
module.exports = {
	'^.+\\.ts$': [
		'@swc/jest',
		{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
	],
};
