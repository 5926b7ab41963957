"""What the model is made of, as tables: levers, uncertainties, mechanisms, structures, kinds of partners, outcomes, evidence."""
