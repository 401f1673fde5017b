import { InvalidValue } from '../definition/valueWriter';

/** Writes a value as one segment of a path. @throws InvalidValue for a value that could leave its place */
export function encodePathValue(value: string | number): string {
	const segment = String(value);
	if (segment === '' || segment === '.' || segment === '..' || /\p{Surrogate}/u.test(segment)) {
		throw new InvalidValue("a value for the address; it cannot be empty, '.' or '..'");
	}
	return encodeURIComponent(segment);
}

/** Fills the `{name}` places of a path template. @throws InvalidValue when a value is missing or could leave its place */
export function fillPath(template: string, values: Record<string, string | number>): string {
	return template.replace(/\{(\w+)\}/g, (_place, name: string) => {
		const value = Object.hasOwn(values, name) ? values[name] : undefined;
		if (value === undefined || value === null) throw new InvalidValue(`a value for '${name}' in the address`);
		return encodePathValue(value);
	});
}
