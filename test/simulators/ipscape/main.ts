import { runSimulator } from '../kit';
import { IpScapeSimulator } from './simulator';

const simulator = new IpScapeSimulator({ inboundCallsPerHour: 20 });
// `--empty` starts without the demonstration account.
if (!process.argv.includes('--empty')) simulator.seedDemo();
void runSimulator(simulator);
