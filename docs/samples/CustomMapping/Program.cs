using CustomMapping;

await Sample.RunAsync(Console.Out, CancellationToken.None);
