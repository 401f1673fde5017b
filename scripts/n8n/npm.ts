/** Program name of npm on this platform. */
export const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Variables that `npm run` sets for the project it runs in; they must not reach an npm that works in another folder. */
const SET_BY_NPM_RUN = /^npm_(package_|lifecycle_|config_local_prefix$|config_ignore_scripts$|command$)|^INIT_CWD$/i;

/** The environment for an npm child process: this process's own, less what belongs to the npm command that started it. */
export function npmEnvironment(additional: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(([name]) => !SET_BY_NPM_RUN.test(name));
	return { ...Object.fromEntries(inherited), ...additional };
}
