"""Hard sentences that must give no more than a hint, whatever names stand in them."""

from __future__ import annotations

import pytest
from speaking import levels

from scanner.model import Level

NEUTRAL = """
Jean Dupont a relancé le traitement de données de nuit.
Le patient travail de Claire Morel a payé : le site est en ligne.
Merci de rester patient, Paul Girard vous rappelle demain.
Empreinte SHA-256 vérifiée par Luc Bernard avant la mise en production.
Le bilan carbone de Sophie Lambert est prêt.
La douleur du client est bien décrite par Marc Petit dans le cahier des charges.
Le syndicat de copropriétaires a payé M. Robert Faure.
Réunion avec le syndicat mixte et Anne Leroy mardi.
Mme Julie Caron est partie en congés le 4 août.
Le parti pris de Nicolas Roche nous plaît.
Jean-Marc Colin habite 3 place de l'Église à Brest.
Le curseur de Thomas Guérin ne répond plus, redémarrage fait.
L'origine de l'erreur trouvée par Éric Simon est un fichier manquant.
La race condition de Karim Benali est corrigée.
Hélène Martin a posé du parquet en chêne.
Le parquet flottant de Marie Blin est arrivé.
Les enfants de la table parent sont supprimés, dit Hugo Noël.
Le taux est élevé, confirme Laura Vidal.
Sophie Adam note : risque élevé de retard.
Infraction au règlement intérieur signalée par Paul Rey : néant.
Procès-verbal de réception signé par Claude Masson.
La condamnation de la porte sera faite par Gilles Roux.
Le baptême de l'air de Léa Fontaine est reporté.
L'ADN de notre équipe, selon Inès Colin, c'est l'entraide.
Boucherie halal, 12 rue Haute, demander Samir Haddad.
Olivier Picard aime les pièces d'origine pour sa moto.
Claire Dumas, nationalité portugaise, née à Porto.
Sexe : M ; civilité : M. ; nom : Antoine Leclerc.
Ordonnance de référé reçue par Me Alain Brunet.
Dépression atmosphérique annoncée, préviens Luc Morin.
Fracture numérique : atelier de Nadia Cherif samedi.
Diagnostic de performance énergétique remis à M. Bruno Weber.
Un diagnostic du serveur a été fait par Kevin Marchal.
La mutation de Claire Huet prend effet lundi.
Sandrine Leroy a voté pour le budget en assemblée.
Le vote pour le meilleur gâteau a été gagné par Théo Garnier.
Julien Robert cherche un fauteuil de bureau ergonomique.
Le médecin de garde s'appelle Pierre Lucas.
Dr Martin Perrin, cardiologue, 4 rue Basse, 29200 Brest.
Marion Gautier, infirmière diplômée, cherche un poste.
Me Laurent Bonnet, avocat pénaliste, reçoit sur rendez-vous.
Ventes de doliprane en hausse, tableau de Marc Hubert joint.
Le congrès de cardiologie a lieu à Nice, contact Anne Dupuis.
Le vaccin informatique est installé par Lucie Petit.
Salle Louis Pasteur réservée par Camille Besson.
L'eleve ingénieur Paul Noir arrive en stage.
T-shirt enfant 12 ans, commande de Julie Mercier, 14 euros.
Le processus enfant de David Cohen consomme trop.
John Baker disabled the plugin yesterday.
The account of Mary Sullivan is disabled.
Be patient, Emily Carter will call you back.
Anna Smith fixed the race condition in the parser.
Peter Hall's team has innovation in its DNA.
The key fingerprint was sent by Alan Cooper.
Grace Mitchell speaks with strong conviction.
The carrier of the parcel is Tom Reed.
Robert Hughes is on holiday, back on Monday.
Child process 4312 started by Samuel Turner.
Thomas Walker won the race in York.
Third party cookies, asked Linda Brooks.
The stroke width of Kate Morgan's drawing is 2 px.
Sarah Bennett lives on Church Road.
Western Union transfer for Daniel Foster.
The service suffers from latency, says Helen Parker.
Alice Ward joined the student union building project.
William Clark ordered lithium-ion batteries.
Genetic algorithm by Rachel Green converges fast.
The prescribed format was sent to Henry Walsh.
Diagnostic : carte mère défectueuse, PC de Paul Durand
Diagnosis: disk failure on John Parker's laptop
Motif : retard livraison, client Sophie Blanc
Jean Noir, gérant, bâtiment A
Marie Noire a acheté une robe noire
Alain Bi, commercial, secteur nord
Anne Roux - noir et blanc - encre imprimante
Peinture noire, métal, livraison chez Luc Petit
Blanche Morel, aveugle volet, store
Volet sourd, devis pour M. Eric Blin
Vote : Julie Simon élue au CSE
La CGT et la CFDT appellent à la grève jeudi, prévoir du télétravail, signé Marc Faure
Communiqué : Éric Dupond, maire, inaugure la crèche et l'école maternelle
Sandra Gil vend un siège enfant et une poussette
Formation gestes de premiers secours : Luc Martin, validé
Le tribunal de commerce convoque M. Jean Fabre
Assurance vol et incendie, assuré : Claude Perrot
L'alarme vol du magasin de Mme Roche a sonné
Thierry Colas, agent pénitentiaire, mutation demandée
Paul Blanc, éducateur à la crèche, planning de mai
Dr Claire Aubert, pédiatre, nouvelle adresse
Institutrice de CM2, Mme Lucie Adam, classe de 24
Frère Jean Marchal, économe de la congrégation
Emily Stone, parish administrator, phone 020 7946 0958
Prof. Alan Marsh teaches criminal law
Mark Baker works in fraud prevention
Helen Cole, union of concerned bakers, recipe
Black Friday order for Anna White, black shoes, size 38
Asian food, order by Tom Reed, two boxes
Blind carbon copy to Peter Hall
Deaf Havana tickets for Kate Mills
Product: African print fabric, buyer Lucy Moore
Straight hair conditioner for Grace Hill
Gay Robinson, accountant, London office
Christian Martin, Pascal Noël et Toussaint Ferrand sont présents
Mme Véronique Juif, comptable
M. Roland Lévêque, M. Paul Moine, Mme Anne Labbé
Marc Allemand, Julie Langlois, Pierre Lebreton
M. Paul Durand, 52 ans, directeur commercial, marié, deux enfants, habite Lyon.
La réunion syndic de l'immeuble avec M. Fabre est fixée au 3 juin.
Nathalie Roux commande du gel hydroalcoolique et des masques pour l'atelier.
Bruno Lemaire vend un appartement proche hôpital et église, école à 200 m.
Le docteur Marc Vidal reçoit au 3 rue de la Clinique, secrétariat 01 23 45 67 89.
Kevin Blot : formation sauveteur secouriste du travail validée.
Mutuelle d'entreprise : Sophie Leblanc a choisi la formule famille.
Visite médicale d'embauche de Luc Renard : le 12 juin à 9 h.
Claire Ménard demande un congé parental.
Facture pharmacie centrale, client Jean Robin, 14,90 euros.
Patrick Colin a perdu sa carte vitale, code article 4512.
Paul Henry is our new head of security and fraud detection.
Julie Marchand, chargée de mission handicap et diversité, anime l'atelier.
Emma Leroy, déléguée à la protection des données.
Congé sans solde accordé à Thomas Blin.
Le procureur Alain Texier préside la séance.
Alain Girard, président du syndicat des eaux, signe la convention.
Mme Marie Dupré enseigne l'histoire des religions à l'université.
Anna Klein wrote a novel about depression and war.
Dr. Emily Stone published a study on diabetes.
Le professeur Henri Blot, spécialiste du cancer, dirige le service.
Jean Petit travaille au ministère de la Santé.
Nicolas Meyer prépare la campagne de vaccination de la ville.
L'assistante sociale Marine Guy reçoit le jeudi.
Commande : 3 fauteuils roulants de bureau, contact Léo Martin.
Team-building escalade : Paul, Julie et Karim Benali ont des courbatures.
""".strip().splitlines()


@pytest.mark.parametrize("text", NEUTRAL)
def test_nothing_above_a_hint(text: str) -> None:
    assert {regime for regime, level in levels(text).items() if level > Level.INDICE} == set()
