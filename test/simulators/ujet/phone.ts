const emergencyNumbers = new Set(['911', '112', '999', '000']);

/** Digits of a phone number with its country code (1 for ten digits), or undefined when it is no phone number. */
export function phoneDigits(value: unknown): string | undefined {
	if (typeof value !== 'string' || !/^\+?[\d\s().-]+$/.test(value) || /^\s/.test(value)) return undefined;
	const digits = value.replace(/\D/g, '');
	if (digits.length < 7 || digits.length > 15) return undefined;
	return digits.length === 10 ? `1${digits}` : digits;
}

/** True for the short numbers of police, fire brigade and ambulance. */
export function isEmergencyNumber(value: string): boolean {
	return emergencyNumbers.has(value.replace(/\D/g, ''));
}
