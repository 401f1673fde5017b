import { runSimulator } from '../kit';
import { UjetSimulator } from './simulator';

const simulator = new UjetSimulator();
// `--empty` starts without the demonstration account.
if (!process.argv.includes('--empty')) simulator.seedDemo();
void runSimulator(simulator);
