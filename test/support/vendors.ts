import type { Vendor } from '../../nodes/shared/definition/vendor';
import { contractVendors } from '../contract/vendors';

/** Every vendor of the package, for tests that hold for each. */
export const vendors: Vendor[] = contractVendors.map(({ vendor }) => vendor);
