/** Words used in more than one place about accounts and the links that open them. */
export const LIEN_PERDU =
	'Ce lien ne fonctionne plus : il a déjà servi, il a expiré ou il a été retiré. Demandez-en un nouveau à la personne qui vous l’a envoyé.';

export const CONNEXION_REFUSEE = 'L’adresse ou le mot de passe n’est pas le bon.';

export const ADRESSE_PRISE = 'Un compte existe déjà avec cette adresse. Connectez-vous, puis revenez accepter ce lien.';

export const PACTE_ABSENT = 'Ce pacte n’existe pas, ou vous n’y participez pas.';

export const RESERVE_A_L_EQUIPE_PROJET = 'Seule l’équipe projet peut faire cela. Demandez-lui de le faire pour vous.';

export const DERNIERE_EQUIPE_PROJET =
	'C’est la dernière personne de l’équipe projet : donnez d’abord ce rôle à quelqu’un d’autre.';

export const DERNIER_ADMINISTRATEUR = 'C’est le dernier administrateur : invitez d’abord quelqu’un d’autre à l’être.';

export const MODE_SALLE =
	'Connexion non chiffrée (mode salle) : ce que vous écrivez, mot de passe compris, circule en clair sur ce réseau. À réserver au réseau privé d’une salle.';

export const HTTPS_REQUIS = {
	titre: 'Une adresse en https est nécessaire pour se connecter',
	texte:
		'Cette page est arrivée sans chiffrement (http) : votre mot de passe pourrait être lu par d’autres sur le réseau. Ouvrez l’adresse qui commence par https.',
	administration:
		'Pour la personne qui administre Copacte : si l’adresse commence déjà par https, indiquez-la dans ADRESSE_PUBLIQUE. S’il n’y en a pas, mettez-la en place, ou choisissez MODE_SALLE=oui sur le réseau privé d’une salle.'
};

export const COMPTE_DE_DEMONSTRATION =
	'Ce compte appartient à la démonstration : il n’a pas de mot de passe et disparaîtra avec elle.';
