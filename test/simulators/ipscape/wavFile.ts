const samplesPerSecond = 8000;
/** Sound is never longer than this many seconds, however long the recording says it is. */
const longest = 2;

/** A WAV file (8 kHz, 8 bit, mono) with a tone whose pitch depends on the media id, so that files differ. */
export function toneFile(mediaId: number, seconds: number): Buffer {
	const count = Math.round(samplesPerSecond * Math.min(Math.max(seconds, 0.1), longest));
	const pitch = 220 + (mediaId % 20) * 20;
	const samples = Buffer.alloc(count);
	for (let index = 0; index < count; index += 1) {
		samples[index] = 128 + Math.round(60 * Math.sin((2 * Math.PI * pitch * index) / samplesPerSecond));
	}
	return Buffer.concat([waveHeader(count), samples]);
}

function waveHeader(dataBytes: number): Buffer {
	const header = Buffer.alloc(44);
	header.write('RIFF', 0, 'latin1');
	header.writeUInt32LE(36 + dataBytes, 4);
	header.write('WAVEfmt ', 8, 'latin1');
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(samplesPerSecond, 24);
	header.writeUInt32LE(samplesPerSecond, 28);
	header.writeUInt16LE(1, 32);
	header.writeUInt16LE(8, 34);
	header.write('data', 36, 'latin1');
	header.writeUInt32LE(dataBytes, 40);
	return header;
}
