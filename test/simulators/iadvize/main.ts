import { runSimulator } from '../kit';
import { IAdvizeSimulator } from './simulator';

const simulator = new IAdvizeSimulator();
if (!process.argv.includes('--empty')) simulator.seedDemo();
// `--empty` starts without the demonstration account.
void runSimulator(simulator);
