using Cluster;

if (args is ["worker", var settings])
{
    // Ctrl+C reaches all processes of the terminal. A worker ends when its input closes.
    Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
    var connectionString = Environment.GetEnvironmentVariable(Arguments.Variable)!;
    await Worker.RunAsync(WorkerSettings.Parse(settings), connectionString, Console.In, Console.Out);
    return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return await ClusterCommand.RunAsync(args, Console.Out, Console.Error, stop.Token);
