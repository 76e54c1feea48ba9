/** A QR code: how many squares wide, and the outline of its dark ones. */
export interface Qr {
	cote: number;
	trace: string;
}

/** The quiet squares around, that scanners want. */
export const MARGE_DU_QR = 4;
