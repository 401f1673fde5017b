import type { Resource } from '../../shared/definition/operation';
import { mediaIdentifier } from '../formats/mediaAddress';

/** Recordings and voicemails. */
export const media: Resource = {
	value: 'media',
	name: 'Media',
	description: 'Recordings and voicemails',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get media (recording or voicemail)',
			description:
				'Retrieve a recording or voicemail as a file, or its details if ipSCAPE returns no audio, for example after deletion',
			method: 'GET',
			path: '/v3.0/media/{mediaId}',
			source: 'seed-path',
			retryClass: 'read',
			answer: { kind: 'binary' },
			fields: [
				{
					displayName: 'Media ID',
					name: 'mediaId',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. 5364',
					description: 'ID of a recording or voicemail, or its address as shown in an activity',
					send: { place: 'path', write: mediaIdentifier },
				},
			],
		},
	],
};
