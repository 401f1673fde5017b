import { runSimulator } from '../kit';
import { LiveAgentSimulator } from './simulator';

const simulator = new LiveAgentSimulator();
// `--empty` starts without the demonstration account.
if (!process.argv.includes('--empty')) simulator.seedDemo();
void runSimulator(simulator);
