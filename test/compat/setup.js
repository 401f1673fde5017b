// n8n-core 2.8 leaves timers behind that would keep the test process from ending.
const { setInterval: original } = globalThis;
globalThis.setInterval = (...given) => {
	const timer = original(...given);
	timer.unref();
	return timer;
};
