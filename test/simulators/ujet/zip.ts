import { crc32 } from 'node:zlib';

/** Makes a ZIP archive of one file, stored without compression. */
export function zipOf(name: string, content: Buffer): Buffer {
	const fileName = Buffer.from(name);
	const common = Buffer.alloc(26);
	common.writeUInt16LE(20, 0);
	common.writeUInt32LE(crc32(content), 10);
	common.writeUInt32LE(content.length, 14);
	common.writeUInt32LE(content.length, 18);
	common.writeUInt16LE(fileName.length, 22);
	const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, fileName, content]);
	const central = Buffer.concat([
		Buffer.from('PK\x01\x02', 'latin1'),
		Buffer.from([20, 0]),
		common,
		Buffer.alloc(14),
		fileName,
	]);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(central.length, 12);
	end.writeUInt32LE(local.length, 16);
	return Buffer.concat([local, central, end]);
}

/** Content of the first file of an archive that `zipOf` made; undefined for anything else. */
export function unzipFirst(archive: Buffer): Buffer | undefined {
	const stored = archive.subarray(0, 4).toString('latin1') === 'PK\x03\x04' && archive.readUInt16LE(8) === 0;
	if (!stored) return undefined;
	const start = 30 + archive.readUInt16LE(26) + archive.readUInt16LE(28);
	return archive.subarray(start, start + archive.readUInt32LE(18));
}
