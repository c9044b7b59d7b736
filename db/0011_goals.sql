-- The goals of sustainable development are a filter of the gallery like the others.
create index innovation_goals on gallery.innovation using gin (goals);
drop index gallery.innovation_facets;
create index innovation_facets on gallery.innovation (province, status) include (years, levels, categories, goals);
