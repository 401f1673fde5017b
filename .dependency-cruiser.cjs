/** No circle of imports in what ships, types included; eslint.config.mjs holds the direction between rooms. */
module.exports = {
	forbidden: [
		{
			name: 'no-circular',
			severity: 'error',
			comment: 'Move what both need into a room above them.',
			from: {},
			to: { circular: true },
		},
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.build.json' },
		doNotFollow: { path: 'node_modules' },
	},
};
