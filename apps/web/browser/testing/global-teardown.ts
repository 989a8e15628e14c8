import { tearDown } from './global-setup.ts';

/** Jest wants a file of its own for the end; what it ends is known where it began. */
export default tearDown;
