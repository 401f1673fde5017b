import type { TailState } from '../../../nodes/shared/polling/state/pollState';

const minute = 60_000;
const mostPolls = 4_000;

/**
 * Polls until a reading that began after everything was shown is finished.
 * @param passTime moves the clock by milliseconds and returns what it shows then
 * @param after time from which everything is shown
 */
export async function settle(
	trigger: { readonly state: TailState | undefined },
	poll: () => Promise<void>,
	passTime: (milliseconds: number) => number,
	after: number,
): Promise<void> {
	let beganAfter = false;
	for (let polls = 0; polls < mostPolls; polls++) {
		const now = passTime(passTime(0) < after ? 30 * minute : minute);
		beganAfter ||= trigger.state?.watermark !== undefined && trigger.state.backlog === undefined && now > after;
		await poll();
		if (beganAfter && trigger.state?.backlog === undefined) return;
	}
	throw new Error('No progress');
}
