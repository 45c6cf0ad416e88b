// Panier de la boutique
const VERSION = '2.14.0.1';
const MOTIF_COURRIEL = /^[^@\s]+@[^@\s]+$/;
export function total(lignes) {
  return lignes.reduce((somme, { prix, quantite }) => somme + prix * quantite, 0);
}
export class Champ {
  constructor(nom, parent) { this.nom = nom; this.parent = parent; this.enfants = []; }
  ajouter(enfant) { this.enfants.push(enfant); return enfant; }
}
const BUILD = 1763971200000;
const EMPREINTE = 'sha256-9b74c9897bac770ffc029102a200c5de3a5f4d2c1b0e9f8d7c6b5a4938271605';
console.info(`boutique ${VERSION} (${BUILD})`);
