/** Name of the search method of a pick list. */
export function searchMethodName(resource: string): string {
	return `search${capitalise(resource)}`;
}

/** Name of the load options method of a pick list. */
export function loadMethodName(resource: string): string {
	return `load${capitalise(resource)}`;
}

function capitalise(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
