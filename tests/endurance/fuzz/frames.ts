// Valid frames, as an honest browser sends them, for the fuzzer to damage.
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { addPuce, removePuce, texteOf } from '#lib/fiches/fiche.ts';

type Write = (encoder: encoding.Encoder) => void;

/** Every kind of frame that the wire knows, addressed to one document that holds what is given. */
export function validFrames(name: string, state: Uint8Array): Uint8Array[] {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, state);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	texteOf(doc, 'echeance')?.insert(0, 'fin 2028');
	texteOf(doc, 'echeance')?.delete(2, 3);
	addPuce(doc, 'objectifs', 'puce-1', 'Aller vers les personnes');
	addPuce(doc, 'objectifs', 'puce-2', 'Ouvrir un lieu', 'puce-1');
	removePuce(doc, 'objectifs', 'puce-1');
	const vector = Y.encodeStateVector(doc);
	const frame = (type: number, write: Write = () => undefined) => {
		const encoder = encoding.createEncoder();
		encoding.writeVarString(encoder, name);
		encoding.writeVarUint(encoder, type);
		write(encoder);
		return encoding.toUint8Array(encoder);
	};
	const sync = (step: number, payload: Uint8Array) => (encoder: encoding.Encoder) => {
		encoding.writeVarUint(encoder, step);
		encoding.writeVarUint8Array(encoder, payload);
	};
	const presence = (json: string) => (encoder: encoding.Encoder) => {
		const inner = encoding.createEncoder();
		for (const value of [1, doc.clientID, 1]) encoding.writeVarUint(inner, value);
		encoding.writeVarString(inner, json);
		encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
	};
	return [
		...updates.map((update) => frame(0, sync(2, update))),
		frame(0, sync(2, Uint8Array.of(0, 0))),
		frame(0, sync(0, vector)),
		frame(0, sync(0, Uint8Array.of(0))),
		frame(0, sync(1, Y.mergeUpdates(updates))),
		frame(4, sync(0, vector)),
		frame(4, sync(1, Y.mergeUpdates(updates))),
		frame(4, sync(2, updates[0] as Uint8Array)),
		frame(1, presence('{"champ":"objectifs"}')),
		frame(1, presence('null')),
		frame(2, (encoder) => {
			encoding.writeVarUint(encoder, 0);
			encoding.writeVarString(encoder, '');
		}),
		frame(3),
		frame(5, (encoder) => encoding.writeVarString(encoder, '{"type":"bonjour"}')),
		frame(6, (encoder) => encoding.writeVarString(encoder, 'bonjour')),
		frame(7, (encoder) => encoding.writeVarString(encoder, '')),
		frame(8, (encoder) => encoding.writeVarUint(encoder, 1)),
		Uint8Array.of(9),
		Uint8Array.of(10)
	];
}
