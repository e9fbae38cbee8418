namespace Dataverse.Sync.HttpHarness;

internal static class Program
{
    public static Task<int> Main(string[] arguments) => new HarnessCommand(Console.Out).RunAsync(arguments);
}
