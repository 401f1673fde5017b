/** A request as method and path with all placeholders alike, so that node and contract can be compared. */
export function shapeOf(method: string, path: string): string {
	return `${method.toUpperCase()} ${path.replace(/\{[^}]+\}/g, '{}')}`;
}
