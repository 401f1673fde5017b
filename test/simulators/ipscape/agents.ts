import { statusOf, type Account } from './account';
import { refused, unknown } from './problem';
import type { User } from './rows';

/** An agent of the campaign who could take a call now, or undefined. The one that waits longest comes first. */
export function freeAgent(account: Account, campaignId: number): User | undefined {
	return account.users
		.list()
		.filter((user) => user.campaignIds.includes(campaignId) && statusOf(user) === 'Available')
		.sort((first, second) => first.statusSince - second.statusSince || first.id - second.id)[0];
}

/** Agent of a request body; a problem when the id is unknown or belongs to no agent. */
export function agentWithId(account: Account, agentId: number): User {
	const user = account.users.get(agentId);
	if (!user || user.userType !== 'agent') throw unknown('agentId', agentId);
	return user;
}

/** Makes an agent available or paused. A call that is going on is not touched; the presence counts when it ends. */
export function setPresence(account: Account, agentId: number, available: boolean): User {
	const user = agentWithId(account, agentId);
	if (!user.isLoggedIn) throw refused(`Agent ${agentId} is not logged in.`);
	return account.changeUser({ id: agentId, available });
}

/** Starts (or resumes) or pauses the recording of the call an agent is in. */
export function setRecording(account: Account, agentId: number, recording: boolean): void {
	const { activityId } = agentWithId(account, agentId);
	if (activityId === null) throw refused(`Agent ${agentId} has no active call.`);
	account.changeActivity({ id: activityId, recordingStatus: recording ? 'enabled' : 'paused' });
}
