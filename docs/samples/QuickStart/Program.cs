Console.WriteLine("Dataverse.Sync");
