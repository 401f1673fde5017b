/** What one case took. */
export interface Measurement {
	seconds: number;
	/** Processor time of this process, without the server's. */
	cpuSeconds: number;
	/** Highest resident memory during the case above that at its start, in megabytes. */
	peakMegabytes: number;
}

const sampleMilliseconds = 10;
const megabyte = 1024 * 1024;

/** Runs a case and measures it. */
export async function measure<T>(work: () => Promise<T>): Promise<Measurement & { result: T }> {
	globalThis.gc?.();
	const before = process.memoryUsage.rss();
	let peak = before;
	const sampler = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, sampleMilliseconds);
	const cpu = process.cpuUsage();
	const start = performance.now();
	try {
		const result = await work();
		const seconds = (performance.now() - start) / 1000;
		const { user, system } = process.cpuUsage(cpu);
		peak = Math.max(peak, process.memoryUsage.rss());
		return { result, seconds, cpuSeconds: (user + system) / 1_000_000, peakMegabytes: (peak - before) / megabyte };
	} finally {
		clearInterval(sampler);
	}
}
