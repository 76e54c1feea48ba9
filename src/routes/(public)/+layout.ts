/** Pages of text: nothing to run. */
export const csr = false;
