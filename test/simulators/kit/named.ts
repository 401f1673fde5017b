/**
 * Names a plugin of Fastify, which otherwise looks for it among all modules that are loaded: n8n has thousands.
 *
 * @param name for Fastify's messages
 * @param plugin adds routes
 */
export function named<Plugin extends object>(name: string, plugin: Plugin): Plugin {
	return Object.assign(plugin, { [Symbol.for('fastify.display-name')]: name });
}
