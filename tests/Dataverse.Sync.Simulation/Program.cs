namespace Dataverse.Sync.Simulation;

internal static class Program
{
    public static int Main(string[] arguments) => new SimulationCommand(Console.Out).Run(arguments);
}
