// What every .NET program pays until its first request leaves: the measure of the library's own start.
using var client = new HttpClient();
_ = await client.GetAsync(args[0]);
