--
-- PostgreSQL database dump
--
-- Dumped from database version 16.4

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

CREATE TABLE public.contacts (
    id integer NOT NULL,
    civilite text,
    nom text,
    prenom text,
    date_naissance date,
    courriel text,
    telephone text,
    ville text
);

COPY public.contacts (id, civilite, nom, prenom, date_naissance, courriel, telephone, ville) FROM stdin;
1	M.	Lopez	Jean-Marc	\N	jeanmarc.lopez@boite.example.net	05 36 49 69 89	Strasbourg
2	M.	Rambaud	Benoît	1967-11-29	benoit.rambaud@example.com	02 61 91 67 52	Niort
3	M.	Turpin	Julien	1962-05-23	julien.turpin@courriel.example.org	04 65 71 35 06	Angers
4	M.	Blanchard	Philippe	1969-05-04	philippe.blanchard@courriel.example.org	02 61 91 43 88	Ajaccio
5	Mme	Vasseur	Claire	1980-04-15	claire.vasseur@example.com	05 36 49 33 69	Cholet
6	M.	Le-Goff	Maxime	1983-12-19	maxime.legoff@courriel.example.org	03 53 01 42 13	Lille
7	M.	Haddad	Nicolas	2004-03-31	nicolas.haddad@courriel.example.org	02 61 91 93 56	Lyon
8	Mme	Bodin	Océane	1964-08-22	oceane.bodin@example.com	03 53 01 85 18	Strasbourg
9	Mme	Hamon	Béatrice	1987-07-09	beatrice.hamon@courriel.example.org	02 61 91 04 54	Angers
10	M.	Schmitt	Philippe	1968-05-05	philippe.schmitt@example.org	02 61 91 65 72	Les Herbiers
11	M.	Marchetti	Guillaume	1969-07-18	guillaume.marchetti@boite.example.net	02 61 91 32 40	Lyon
12	Mme	Fernandes	Chloé	1962-10-21	chloe.fernandes@example.org	04 65 71 30 35	Strasbourg
13	Mme	Etcheverry	Agathe	1986-12-10	agathe.etcheverry@courriel.example.org	04 65 71 53 40	Bressuire
14	Mme	Garnier	Chloé	\N	chloe.garnier@example.org	02 61 91 59 38	Clisson
15	Mme	Benali	Claire	1985-01-17	claire.benali@courriel.example.org	05 36 49 33 56	Rennes
16	M.	Charpentier	Jean-Marc	1998-03-07	jeanmarc.charpentier@example.com	01 99 00 48 03	Cholet
17	M.	Le-Goff	Gaël	\N	gael.legoff@courriel.example.org	05 36 49 36 00	Angers
18	M.	Rousseau	Guillaume	\N	guillaume.rousseau@example.org	01 99 00 08 27	Angers
19	Mme	Fontaine	Delphine	1979-02-18	delphine.fontaine@example.com	04 65 71 33 50	Poitiers
20	Mme	Lopez	Léa	1994-03-01	lea.lopez@boite.example.net	03 53 01 19 46	Angers
21	M.	Poirier	Karim	\N	karim.poirier@courriel.example.org	03 53 01 44 23	Lyon
22	Mme	Caron	Camille	1968-11-10	camille.caron@courriel.example.org	04 65 71 61 28	Lille
23	M.	Bodin	Guillaume	1988-02-02	guillaume.bodin@example.com	05 36 49 13 29	Niort
24	M.	Kervella	Gaël	1985-02-11	gael.kervella@example.com	05 36 49 46 18	Bressuire
25	Mme	Nguyen	Chloé	1985-05-06	chloe.nguyen@example.org	04 65 71 57 80	Rennes
26	M.	Blanchard	Lucas	1971-07-20	lucas.blanchard@courriel.example.org	05 36 49 90 12	Clisson
27	Mme	Coutant	Agathe	2000-04-16	agathe.coutant@example.com	05 36 49 81 19	Rennes
28	Mme	Gauthier	Inès	\N	ines.gauthier@courriel.example.org	03 53 01 92 47	Strasbourg
29	Mme	Hamon	Chloé	\N	chloe.hamon@example.com	02 61 91 31 72	Paris
30	M.	Brossard	Hervé	\N	herve.brossard@courriel.example.org	03 53 01 62 05	Niort
31	Mme	Coutant	Chloé	1968-12-16	chloe.coutant@example.org	02 61 91 08 29	Rennes
32	Mme	Fernandes	Claire	1983-11-05	claire.fernandes@courriel.example.org	02 61 91 85 44	Bressuire
33	M.	Moreau	Maxime	1962-12-12	maxime.moreau@example.org	05 36 49 17 59	Les Herbiers
34	Mme	Bonnet	Sylvie	1995-04-10	sylvie.bonnet@courriel.example.org	01 99 00 00 24	Les Herbiers
35	M.	Gauthier	Philippe	1974-03-11	philippe.gauthier@example.com	05 36 49 92 40	Niort
36	Mme	Rousseau	Aurélie	1987-09-10	aurelie.rousseau@boite.example.net	01 99 00 69 10	Clisson
37	Mme	Le-Goff	Nathalie	\N	nathalie.legoff@example.com	01 99 00 72 77	Paris
38	Mme	Garnier	Inès	1964-08-28	ines.garnier@example.org	03 53 01 49 74	Niort
39	M.	Pineau	Jean-Marc	1988-01-30	jeanmarc.pineau@example.org	03 53 01 80 64	Rennes
40	Mme	Muller	Camille	2001-07-26	camille.muller@example.org	04 65 71 33 92	Paris
41	Mme	Lefèvre	Corinne	\N	corinne.lefevre@courriel.example.org	02 61 91 06 19	Toulouse
42	M.	Chauvin	Yannick	1974-05-11	yannick.chauvin@example.org	03 53 01 06 30	Cholet
43	M.	Pineau	Benoît	2000-07-16	benoit.pineau@boite.example.net	03 53 01 38 95	La Roche-sur-Yon
44	Mme	Blanchard	Valérie	1981-08-15	valerie.blanchard@example.com	02 61 91 43 60	Les Herbiers
45	M.	Da-Silva	Kévin	1971-02-06	kevin.dasilva@boite.example.net	02 61 91 80 32	Paris
46	M.	Bodin	Bruno	1983-06-10	bruno.bodin@boite.example.net	03 53 01 78 20	Clisson
47	M.	Prévost	Théo	2002-02-18	theo.prevost@courriel.example.org	04 65 71 76 07	Ajaccio
48	Mme	Baron	Yasmine	1985-06-15	yasmine.baron@boite.example.net	02 61 91 31 95	Ajaccio
49	M.	Texier	Nicolas	1967-02-25	nicolas.texier@example.com	04 65 71 61 81	Les Herbiers
50	M.	Fontaine	Théo	1968-09-11	theo.fontaine@boite.example.net	01 99 00 08 74	Ajaccio
51	Mme	Chauvin	Audrey	1991-12-23	audrey.chauvin@courriel.example.org	05 36 49 09 06	Paris
52	Mme	Lemoine	Delphine	1972-11-20	delphine.lemoine@example.org	03 53 01 13 33	Rennes
53	Mme	Fontaine	Martine	1986-07-23	martine.fontaine@courriel.example.org	01 99 00 23 18	Clisson
54	M.	Texier	Benoît	1963-04-16	benoit.texier@boite.example.net	01 99 00 99 56	La Rochelle
55	Mme	Vinet	Nathalie	1970-04-01	nathalie.vinet@example.org	02 61 91 04 47	Niort
56	M.	Fouquet	Lucas	\N	lucas.fouquet@courriel.example.org	01 99 00 78 32	Bordeaux
57	Mme	Brossard	Inès	1964-07-11	ines.brossard@example.org	03 53 01 90 31	Bressuire
58	M.	Le-Goff	Olivier	1973-03-06	olivier.legoff@example.com	02 61 91 96 01	Lyon
59	M.	Haddad	Olivier	1977-08-22	olivier.haddad@courriel.example.org	04 65 71 60 00	Clisson
60	M.	Morel	Mehdi	2003-12-16	mehdi.morel@example.com	04 65 71 94 09	Toulouse
61	M.	Guérin	Jean-Marc	1971-07-16	jeanmarc.guerin@boite.example.net	02 61 91 67 14	Lille
62	Mme	Le-Goff	Claire	1969-04-19	claire.legoff@example.org	02 61 91 72 60	Clisson
63	M.	Nguyen	Matthieu	\N	matthieu.nguyen@example.com	02 61 91 02 29	Strasbourg
64	M.	Prévost	Théo	1964-07-05	theo.prevost@boite.example.net	02 61 91 60 24	Lyon
65	Mme	Blanchard	Valérie	\N	valerie.blanchard@boite.example.net	01 99 00 87 55	Clisson
66	M.	Fouquet	Didier	1961-11-10	didier.fouquet@example.org	05 36 49 39 82	Rennes
67	Mme	Prévost	Yasmine	1988-12-15	yasmine.prevost@example.com	04 65 71 34 06	Angers
68	M.	Diallo	Kévin	1974-09-26	kevin.diallo@example.com	05 36 49 88 71	Angers
69	M.	Le-Goff	Hugo	1971-12-15	hugo.legoff@example.com	05 36 49 87 13	Rennes
70	M.	Nguyen	Stéphane	\N	stephane.nguyen@courriel.example.org	05 36 49 21 13	Rennes
71	M.	Besson	Benoît	1975-04-02	benoit.besson@example.org	03 53 01 33 46	Toulouse
72	M.	Muller	Matthieu	1989-06-25	matthieu.muller@example.org	05 36 49 88 15	Poitiers
73	M.	Texier	Lucas	1979-02-01	lucas.texier@example.org	04 65 71 67 33	Les Herbiers
74	Mme	Marchetti	Yasmine	2000-09-22	yasmine.marchetti@courriel.example.org	02 61 91 34 35	Rennes
75	Mme	Lefèvre	Aurélie	1961-05-21	aurelie.lefevre@boite.example.net	01 99 00 85 13	Paris
76	Mme	Girard	Martine	2005-11-19	martine.girard@example.com	02 61 91 55 33	Cholet
77	Mme	Fernandes	Inès	1998-02-25	ines.fernandes@courriel.example.org	05 36 49 08 25	La Roche-sur-Yon
78	M.	Baron	Laurent	1979-12-09	laurent.baron@example.org	04 65 71 04 10	Lyon
79	M.	Haddad	Sébastien	2004-03-25	sebastien.haddad@example.com	02 61 91 92 88	Strasbourg
80	M.	Gauthier	Maxime	2003-03-19	maxime.gauthier@boite.example.net	01 99 00 20 12	Les Herbiers
81	M.	Jacquet	Fabrice	1999-02-06	fabrice.jacquet@example.com	05 36 49 22 91	Toulouse
82	Mme	Guérin	Léa	1973-02-06	lea.guerin@courriel.example.org	03 53 01 44 31	Lille
83	Mme	Muller	Léa	1990-06-28	lea.muller@example.com	03 53 01 43 62	Lille
84	M.	Marchetti	Maxime	1994-04-06	maxime.marchetti@example.org	05 36 49 16 34	Lyon
85	Mme	Bodin	Thi-Mai	2005-07-15	thimai.bodin@example.com	03 53 01 00 30	Strasbourg
86	M.	Renard	Mehdi	1968-03-09	mehdi.renard@boite.example.net	04 65 71 31 96	Rennes
87	Mme	Fouquet	Nathalie	\N	nathalie.fouquet@boite.example.net	03 53 01 90 71	Bordeaux
88	M.	Fouquet	Joël	1974-06-16	joel.fouquet@courriel.example.org	05 36 49 25 43	Les Herbiers
89	Mme	Turpin	Nathalie	1969-11-06	nathalie.turpin@example.org	02 61 91 45 27	Toulouse
90	Mme	Guilbaud	Léa	1979-11-12	lea.guilbaud@example.org	03 53 01 64 49	Paris
91	Mme	Lopez	Claire	1988-09-20	claire.lopez@example.org	01 99 00 61 96	Niort
92	M.	Renard	Joël	2004-04-06	joel.renard@courriel.example.org	05 36 49 66 62	Niort
93	M.	Besson	Bruno	1976-06-25	bruno.besson@example.org	04 65 71 84 64	Toulouse
94	Mme	Blanchard	Chloé	1984-10-28	chloe.blanchard@example.com	03 53 01 41 66	Cholet
95	Mme	Texier	Aurélie	1973-05-15	aurelie.texier@boite.example.net	03 53 01 88 59	Les Herbiers
96	Mme	Lefèvre	Inès	1961-01-30	ines.lefevre@courriel.example.org	05 36 49 88 01	Bressuire
97	Mme	Etcheverry	Amélie	\N	amelie.etcheverry@example.org	04 65 71 90 23	Bressuire
98	M.	Da-Silva	Nicolas	\N	nicolas.dasilva@boite.example.net	02 61 91 17 95	Bressuire
99	M.	Jacquet	Nicolas	1998-08-17	nicolas.jacquet@example.com	01 99 00 79 67	Rennes
100	M.	Nguyen	Mehdi	\N	mehdi.nguyen@example.org	04 65 71 76 86	Strasbourg
101	Mme	Perrin	Nathalie	1966-06-21	nathalie.perrin@example.com	03 53 01 83 98	Les Herbiers
102	Mme	Schmitt	Élodie	1996-04-10	elodie.schmitt@example.org	05 36 49 34 69	Ajaccio
103	M.	Bonnet	Guillaume	1964-09-30	guillaume.bonnet@example.com	05 36 49 77 50	Poitiers
104	Mme	Da-Silva	Léa	1968-04-03	lea.dasilva@example.org	04 65 71 64 69	Bressuire
105	M.	Renard	Didier	1961-01-01	didier.renard@boite.example.net	04 65 71 47 32	Niort
106	Mme	Poirier	Delphine	\N	delphine.poirier@boite.example.net	04 65 71 87 14	Bordeaux
107	M.	Brossard	Yannick	\N	yannick.brossard@courriel.example.org	04 65 71 26 67	Toulouse
108	M.	Perrin	Anthony	1972-07-14	anthony.perrin@example.com	03 53 01 75 23	Bressuire
109	Mme	Chauvin	Aurélie	1995-06-10	aurelie.chauvin@example.org	05 36 49 39 06	Les Herbiers
110	Mme	Moreau	Léa	\N	lea.moreau@boite.example.net	05 36 49 23 79	Lyon
111	M.	Nguyen	Didier	1977-08-02	didier.nguyen@boite.example.net	05 36 49 64 69	Cholet
112	Mme	Texier	Martine	1997-12-22	martine.texier@example.org	01 99 00 54 39	Lille
113	M.	Guilbaud	Karim	1998-10-04	karim.guilbaud@boite.example.net	05 36 49 81 54	Angers
114	Mme	Pineau	Émilie	1967-03-17	emilie.pineau@courriel.example.org	02 61 91 07 62	Lyon
115	Mme	Jacquet	Océane	\N	oceane.jacquet@example.com	03 53 01 41 83	Clisson
116	M.	Fontaine	Gaël	1979-12-09	gael.fontaine@courriel.example.org	03 53 01 80 21	Toulouse
117	M.	Muller	Bruno	1991-11-06	bruno.muller@boite.example.net	04 65 71 99 29	Poitiers
118	M.	Marchetti	Cédric	1987-01-15	cedric.marchetti@example.com	01 99 00 46 90	Clisson
119	M.	Muller	Kévin	1968-07-10	kevin.muller@example.org	02 61 91 45 80	Ajaccio
120	Mme	Chevalier	Céline	1969-08-17	celine.chevalier@boite.example.net	03 53 01 15 86	Lille
\.

