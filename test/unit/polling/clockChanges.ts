/** Moments at which the clocks of a zone change, and any moment of zones where they do not. */
export const clockChanges: Array<[zone: string, moment: string]> = [
	['UTC', '2026-03-02T10:00:00Z'],
	['Europe/Berlin', '2026-10-25T01:00:00Z'],
	['Europe/Berlin', '2026-03-29T01:00:00Z'],
	['America/New_York', '2026-11-01T06:00:00Z'],
	['America/New_York', '2026-03-08T07:00:00Z'],
	['Australia/Sydney', '2026-04-04T16:00:00Z'],
	['Australia/Sydney', '2026-10-03T16:00:00Z'],
	// Half an hour.
	['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
	['Asia/Kolkata', '2026-03-02T10:00:00Z'],
	['Pacific/Kiritimati', '2026-03-02T10:00:00Z'],
];
