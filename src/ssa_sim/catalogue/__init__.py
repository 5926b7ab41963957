"""What the model is made of, as tables: levers, uncertainties, mechanisms, kinds of partners, outcomes, evidence."""
