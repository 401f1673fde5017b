/** The one function used of `qs`; its own types are a package apart. */
declare module 'qs' {
	/** A parsed text: plain values, nested objects and lists. */
	export interface ParsedQs {
		[key: string]: undefined | string | ParsedQs | Array<string | ParsedQs>;
	}
	/** Parses a query text with brackets. */
	export function parse(
		text: string,
		options?: { arrayLimit?: number; parameterLimit?: number; depth?: number },
	): ParsedQs;
}
