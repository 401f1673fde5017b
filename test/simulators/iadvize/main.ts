import { runSimulator } from '../kit';
import { IAdvizeSimulator } from './simulator';

const simulator = new IAdvizeSimulator();
// `--empty` starts without the demonstration account.
if (!process.argv.includes('--empty')) simulator.seedDemo();
void runSimulator(simulator);
