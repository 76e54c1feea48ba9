import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import { MARGE_DU_QR, type Qr } from '#lib/salles/qr.ts';

export function qrOf(text: string): Qr {
	const code = generate(text, { minCorrectionLevel: correction.M });
	return { cote: code.size, trace: toSvgPath(code) };
}

/** As a file of its own, for what is printed. */
export function qrSvg(text: string): string {
	const { cote, trace } = qrOf(text);
	const whole = cote + 2 * MARGE_DU_QR;
	const ground = `M${-MARGE_DU_QR} ${-MARGE_DU_QR}h${whole}v${whole}h${-whole}z`;
	const box = `${-MARGE_DU_QR} ${-MARGE_DU_QR} ${whole} ${whole}`;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><path fill="#fff" d="${ground}"/><path d="${trace}"/></svg>`;
}
